# weir_console(TARGET): the built web console as bytes of TARGET, which reads them through server/console_files.h.
# Its own build runs when something in web/ changed. Without npm's packages there (scripts/setup brings them), or with
# -DWEIR_CONSOLE=OFF, the program is one without a console, and says so.
if(EXISTS ${CMAKE_SOURCE_DIR}/web/node_modules)
  set(console_by_default ON)
else()
  set(console_by_default OFF)
endif()
option(WEIR_CONSOLE "Build the web console into the program" ${console_by_default})
find_program(WEIR_NODE node REQUIRED)
message(STATUS "web console: ${WEIR_CONSOLE}")

function(weir_console target)
  set(out ${CMAKE_BINARY_DIR}/generated/console)
  set(pack ${CMAKE_SOURCE_DIR}/codegen/pack_console.mjs)
  set(dist "")
  set(sources "")
  if(WEIR_CONSOLE)
    set(web ${CMAKE_SOURCE_DIR}/web)
    set(dist ${out}/dist)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${web}/src/* ${web}/public/* ${web}/scripts/*)
    list(FILTER sources EXCLUDE REGEX "\\.(gen|test)\\.tsx?$")
    list(APPEND sources ${web}/index.html ${web}/package-lock.json ${web}/package.json ${web}/tsconfig.json
      ${web}/vite.config.ts ${CMAKE_SOURCE_DIR}/models/weir/2026-11-01/service-2.json)
    set(build COMMAND npm --prefix ${web} run --silent build
      COMMAND ${CMAKE_COMMAND} -E rm -rf ${dist}
      COMMAND ${CMAKE_COMMAND} -E copy_directory ${web}/dist ${dist})
  endif()
  add_custom_command(
    OUTPUT ${out}/console.bin ${out}/console_table.inc
    ${build}
    COMMAND ${WEIR_NODE} ${pack} ${out} ${dist}
    DEPENDS ${pack} ${sources}
    COMMENT "Packing the web console"
    VERBATIM)
  set_property(SOURCE ${CMAKE_SOURCE_DIR}/src/server/console_files.cc APPEND PROPERTY OBJECT_DEPENDS
    "${out}/console.bin;${out}/console_table.inc")
  set_property(SOURCE ${CMAKE_SOURCE_DIR}/src/server/console_files.cc APPEND PROPERTY COMPILE_DEFINITIONS
    WEIR_CONSOLE_BYTES="${out}/console.bin")
  target_sources(${target} PRIVATE ${out}/console_table.inc)
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()
