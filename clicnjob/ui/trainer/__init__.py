"""The pages of trainers: group sessions."""
