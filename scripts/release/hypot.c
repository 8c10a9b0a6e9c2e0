/* `hypot` of before glibc 2.35, for programs that are linked on a newer one.
 *
 * In 2.35 it got a new version for the sake of `matherr`, which nobody here uses. It would be the one function that keeps the program
 * from systems with 2.34, as Red Hat Enterprise Linux 9 has. */
#include <features.h>

#if defined(__GLIBC__)
#if defined(__x86_64__)
#define FIRST "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define FIRST "GLIBC_2.17"
#else
#error "Which version of glibc was the first for this processor?"
#endif

extern double first_hypot(double, double);
__asm__(".symver first_hypot, hypot@" FIRST);

__attribute__((visibility("hidden"))) double hypot(double x, double y) { return first_hypot(x, y); }
#endif
