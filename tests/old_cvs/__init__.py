"""CVs made elsewhere: invented people, the layouts that real ones have, and how much of them is read right."""
