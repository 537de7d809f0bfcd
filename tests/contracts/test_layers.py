def test_arrows_point_down_only(tool):
    found = tool("lint-imports", "--no-logo", "--no-cache")
    assert found.returncode == 0, found.stdout
