"""Where things should stand: facility location, p-median, p-centre, set covering and maximal covering, by HiGHS."""
