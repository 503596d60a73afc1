# candor_fuzz(NAME name SOURCES … LINK …)
# One fuzz target, fuzz_NAME: the sources define LLVMFuzzerTestOneInput. In an ordinary build it
# gets a plain main (run_corpus.cc) that runs every file of tests/fuzz/corpus/NAME (an empty corpus
# fails), as one ctest test, so that targets cannot rot. With CANDOR_FUZZ it is a libFuzzer binary.
add_custom_target(fuzz_targets)

function(candor_fuzz)
  cmake_parse_arguments(F "" "NAME" "SOURCES;LINK" ${ARGN})
  set(target fuzz_${F_NAME})
  set(corpus ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${F_NAME})
  add_executable(${target} ${F_SOURCES})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE ${F_LINK})
  if(CANDOR_FUZZ)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    add_test(NAME ${target} COMMAND ${target} -runs=0 ${corpus})
  else()
    target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/run_corpus.cc)
    add_test(NAME ${target} COMMAND ${target} ${corpus})
  endif()
  set_tests_properties(${target} PROPERTIES TIMEOUT 120)
  add_dependencies(fuzz_targets ${target})
endfunction()
