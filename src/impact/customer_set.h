// A set of customers by number: exact, small when it is sparse or dense, quick to join.
//
// The one place that knows CRoaring, whose C++ class moved into a namespace between versions. Sets
// of foreign bytes are never read. Pure; one thread.
#pragma once

#include <cstddef>
#include <roaring/roaring.hh>
#include <vector>

#include "impact/names.h"

namespace roaring {}  // namespace roaring

namespace candor::impact {

namespace roaring_names {
using namespace ::roaring;
using Bitmap = Roaring;
}  // namespace roaring_names

class CustomerSet final {
   public:
    void add(Number customer) { bits_.add(customer); }
    void add_all(const std::vector<Number>& customers) {
        bits_.addMany(customers.size(), customers.data());
    }
    void join(const CustomerSet& other) { bits_ |= other.bits_; }

    bool contains(Number customer) const { return bits_.contains(customer); }
    std::size_t size() const { return static_cast<std::size_t>(bits_.cardinality()); }
    bool empty() const { return bits_.isEmpty(); }
    // Ascending.
    std::vector<Number> list() const {
        std::vector<Number> out(size());
        bits_.toUint32Array(out.data());
        return out;
    }

    friend bool operator==(const CustomerSet& a, const CustomerSet& b) {
        return a.bits_ == b.bits_;
    }

   private:
    roaring_names::Bitmap bits_;
};

}  // namespace candor::impact
