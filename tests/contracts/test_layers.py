def test_arrows_point_down_only(tool, tmp_path):
    found = tool("lint-imports", "--no-logo", "--cache-dir", str(tmp_path))
    assert found.returncode == 0, found.stdout
