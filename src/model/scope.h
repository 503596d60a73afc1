// Whom a failure concerns: everybody, or exactly one customer (DESIGN §2, "verdict").
//
// Part of the journal's format. A customer is named by number only (impact/names.h), never by what
// operators call them. Plain value.
#pragma once

#include "model/ids.h"

namespace candor {

// Whom a verdict speaks of: everybody, or exactly one customer.
struct Scope {
    CustomerId customer;  // empty: all customers

    bool is_all() const { return customer.empty(); }
    friend bool operator==(const Scope&, const Scope&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("customer", self.customer);
    }
};

}  // namespace candor
