"""Where is the program, how does it get there, and how is it called?"""
