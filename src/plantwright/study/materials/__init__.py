"""What has to be made and bought: lead times, lots, safety stocks, orders, pegs, messages, load, replay."""
