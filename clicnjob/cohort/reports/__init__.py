"""What leaves a cohort: figures, exports, lines for i-milo."""
