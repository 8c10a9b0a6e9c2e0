//! Zones that hang together: the local zone on one central zone, the site on the senior zone, a zone as a whole.
