// GET /api/v1/deliveries: who was told what, and who was not and why.
//
// Addresses of people are masked here, also in what their servers said (rule 13). Pure but for the
// reader.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/ids.h"
#include "ports/deliveries_reader.h"
#include "ports/page_source.h"

namespace candor::app {

// How a public incident is called; "" when it is not known any more.
using IncidentTitle = std::function<std::string(const IncidentId&)>;

PageAnswer answer_deliveries(const PageQuery& query, DeliveriesReader& deliveries,
                             const IncidentTitle& title_of);

// "kim@acme.example" becomes "k…@acme.example", wherever an address stands in the text.
std::string mask_addresses(std::string_view text);

}  // namespace candor::app
