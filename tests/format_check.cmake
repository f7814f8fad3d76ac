# Fails when a C++ source is not formatted as .clang-format says.   cmake -DROOT=… -DCLANG_FORMAT=… -P tests/format_check.cmake
cmake_minimum_required(VERSION 3.25)
file(GLOB_RECURSE sources "${ROOT}/app/*.h" "${ROOT}/app/*.cpp" "${ROOT}/engine/*.h" "${ROOT}/engine/*.cpp" "${ROOT}/tests/*.h"
     "${ROOT}/tests/*.cpp")
list(LENGTH sources count)
if(count LESS 40)
  message(FATAL_ERROR "only ${count} sources found under '${ROOT}': is ROOT right?")
endif()
execute_process(COMMAND "${CLANG_FORMAT}" --dry-run --Werror ${sources} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "run: ${CLANG_FORMAT} -i on the files named above")
endif()
message(STATUS "${count} sources are formatted")
