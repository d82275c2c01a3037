"""What every provider of ours is made of: its process, its values, its waits."""
