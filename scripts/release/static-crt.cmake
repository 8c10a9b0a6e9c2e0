# PROJ with Microsoft's C++ libraries linked in, as the rest of the program has them. `cmake` is handed this file by scripts/release.sh.
set(CMAKE_MSVC_RUNTIME_LIBRARY "MultiThreaded")
