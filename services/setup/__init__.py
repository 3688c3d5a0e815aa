"""What `manage.py` does at the machine: the environment, the first start, the users."""
