def test_arrows_point_down_only(tool):
    found = tool("lint-imports", "--no-logo", "--cache-dir", "build/import-linter")
    assert found.returncode == 0, found.stdout
