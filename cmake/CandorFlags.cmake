# Compiler and linker flags of every target: warnings as errors, hardening, reproducible floats.

option(CANDOR_TESTS "Build tests, fuzz targets and benchmarks" ON)
set(CANDOR_SANITIZE "" CACHE STRING "Sanitizers, comma separated: address,undefined or thread")
option(CANDOR_FUZZ "Build fuzz targets with libFuzzer (needs clang)" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror
                    -ffp-contract=off -fno-math-errno
                    -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
                    -ftrivial-auto-var-init=zero)
# g++ 12 reports false positives of these inside libstdc++ and fmt at -O2.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
                      -Wno-array-bounds -Wno-free-nonheap-object)
endif()
# clang sees libstdc++'s own use of what it deprecates, in std::stable_sort.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wno-deprecated-declarations)
endif()
add_compile_definitions(_GLIBCXX_ASSERTIONS)
add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack)

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")

if(CANDOR_SANITIZE)
  add_compile_options(-fsanitize=${CANDOR_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CANDOR_SANITIZE})
endif()
if(CANDOR_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
