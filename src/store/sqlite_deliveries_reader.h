// Reads notify.db through a connection of its own that cannot write.
//
// The file may not be there yet: it is made when somebody is to be told, and then this finds it.
// After an error the connection is let go and opened anew at the next call. One thread.
#pragma once

#include <memory>
#include <string>

#include "ports/deliveries_reader.h"

namespace candor::store {

// Opens nothing yet; `folder` is the one of open_sqlite_deliveries().
std::unique_ptr<DeliveriesReader> make_sqlite_deliveries_reader(const std::string& folder);

}  // namespace candor::store
