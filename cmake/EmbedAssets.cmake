# Writes a header with files as string constants: cmake -DOUT=h -DFILES="kName=path|…" -P this.
# Whole files are kept readable in the repository; no generator program is needed to build.
set(text "// Generated from src/page/assets by cmake/EmbedAssets.cmake.\n#pragma once\n\n")
string(APPEND text "#include <string_view>\n\nnamespace candor::page {\n\n")
string(REPLACE "|" ";" files "${FILES}")
foreach(entry IN LISTS files)
  string(REGEX MATCH "^([A-Za-z]+)=(.+)$" _ "${entry}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)"
         "\\1\n    " bytes "${bytes}")
  string(APPEND text "inline constexpr unsigned char ${name}Bytes[] = {\n    ${bytes}\n};\n")
  string(APPEND text "inline const std::string_view ${name}(\n")
  string(APPEND text "    reinterpret_cast<const char*>(${name}Bytes), sizeof ${name}Bytes);\n\n")
endforeach()
string(APPEND text "}  // namespace candor::page\n")
file(WRITE "${OUT}" "${text}")
