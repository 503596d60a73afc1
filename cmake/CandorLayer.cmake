# candor_layer(NAME SOURCES … TESTS … LINK … TEST_LINK …)
# One folder of src/ as one static library, with its unit tests (x_test.cc beside x.cc) as one
# binary NAME_test. Sources are listed, never globbed: a file that is not listed fails tests/tidy.
function(candor_layer name)
  cmake_parse_arguments(L "" "" "SOURCES;TESTS;LINK;TEST_LINK" ${ARGN})
  add_library(candor_${name} STATIC ${L_SOURCES})
  target_include_directories(candor_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(candor_${name} PUBLIC ${L_LINK})
  if(CANDOR_TESTS AND L_TESTS)
    candor_test(${name}_test SOURCES ${L_TESTS} LINK candor_${name} ${L_TEST_LINK})
  endif()
endfunction()

# candor_test(NAME SOURCES … LINK … [ARGS …] [TIMEOUT s])
# A GoogleTest binary that is also one ctest test. A run that finds no test fails.
function(candor_test name)
  cmake_parse_arguments(T "" "TIMEOUT" "SOURCES;LINK;ARGS" ${ARGN})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300)
  endif()
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE ${T_LINK} GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  add_test(NAME ${name} COMMAND ${name} ${T_ARGS} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${T_TIMEOUT}
                       FAIL_REGULAR_EXPRESSION "Running 0 tests")
endfunction()
