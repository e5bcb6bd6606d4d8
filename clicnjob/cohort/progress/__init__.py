"""Where each young person stands, why to contact them now, and the page of a cohort."""
