# cmake -DBUILD=… -DVERSION=… -P install_test.cmake: installs into a new folder, and looks at what is there as a desktop and a person would.
cmake_minimum_required(VERSION 3.25)
set(id io.github.crystallite.Crystallite)
set(prefix ${BUILD}/install_test)
file(REMOVE_RECURSE ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix} RESULT_VARIABLE code OUTPUT_QUIET)
if(code)
  message(FATAL_ERROR "cmake --install failed with ${code}")
endif()

file(GLOB_RECURSE found RELATIVE ${prefix} ${prefix}/*)
list(SORT found)
set(expected
    bin/crystallite
    bin/crystallite-cli
    share/applications/${id}.desktop
    share/doc/crystallite/LICENSE
    share/icons/hicolor/128x128/apps/${id}.png
    share/icons/hicolor/256x256/apps/${id}.png
    share/icons/hicolor/48x48/apps/${id}.png
    share/icons/hicolor/scalable/apps/${id}.svg
    share/man/man1/crystallite-cli.1
    share/man/man1/crystallite.1
    share/metainfo/${id}.metainfo.xml
    share/mime/packages/${id}.xml)
list(SORT expected)
if(NOT found STREQUAL expected)
  message(FATAL_ERROR "installed:\n  ${found}\nexpected:\n  ${expected}")
endif()

# Without a display, and from the place where they were installed.
unset(ENV{DISPLAY})
unset(ENV{WAYLAND_DISPLAY})
unset(ENV{QT_QPA_PLATFORM})
foreach(program crystallite crystallite-cli)
  execute_process(COMMAND ${prefix}/bin/${program} --version RESULT_VARIABLE code OUTPUT_VARIABLE said)
  if(code OR NOT said MATCHES "${VERSION}")
    message(FATAL_ERROR "${program} --version ended with ${code} and said '${said}', expected ${VERSION}")
  endif()
  execute_process(COMMAND ${prefix}/bin/${program} --help RESULT_VARIABLE code OUTPUT_VARIABLE help)
  string(REGEX MATCHALL "--[a-z][a-z-]+" options "${help}")
  list(REMOVE_DUPLICATES options)
  list(LENGTH options count)
  if(code OR count LESS 2)
    message(FATAL_ERROR "${program} --help ended with ${code} and names ${count} options")
  endif()
  file(READ ${prefix}/share/man/man1/${program}.1 manual)
  string(REPLACE "\\-" "-" manual "${manual}")
  foreach(option IN LISTS options)
    if(NOT manual MATCHES "${option}[^a-z-]")
      message(FATAL_ERROR "the manual of ${program} does not name ${option}")
    endif()
  endforeach()
endforeach()

find_program(APPSTREAMCLI appstreamcli)
if(APPSTREAMCLI)
  execute_process(COMMAND ${APPSTREAMCLI} validate --no-net ${prefix}/share/metainfo/${id}.metainfo.xml RESULT_VARIABLE code
                  OUTPUT_VARIABLE said)
  if(code)
    message(FATAL_ERROR "${said}")
  endif()
endif()
file(REMOVE_RECURSE ${prefix})
