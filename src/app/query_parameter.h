// One parameter of a URL's query, as far as Candor's own URLs use them: plain words and cursors.
//
// Not a general decoder: values are compared as sent, so percent-encoded ones match nothing. Pure.
#pragma once

#include <string_view>

namespace candor::app {

// The value in "a=b&c=d"; empty when absent.
std::string_view query_parameter(std::string_view query, std::string_view name);

}  // namespace candor::app
