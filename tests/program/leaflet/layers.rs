//! What publications and codes say: municipalities, use zones, induction and residence areas.
