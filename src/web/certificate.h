// What a certificate in PEM says: for whom, and for how long.
//
// Not whether anybody trusts it: that is the reader's browser to say. Immutable; safe from any
// thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

struct x509_st;

namespace candor::web {

// A certificate with its chain, and a key, are some kilobytes each.
inline constexpr std::size_t kPemBytesMax = 256 * 1024;

class Certificate final {
   public:
    // The first certificate of a PEM text. kInvalid: there is none, or it cannot be read.
    static Result<Certificate> parse(std::string_view pem);

    Timestamp not_before() const { return not_before_; }
    Timestamp not_after() const { return not_after_; }
    // Of its subject's alternative names: DNS names and addresses.
    const std::vector<std::string>& names() const { return names_; }
    // By the rules of browsers: alternative names only, a wildcard for one label.
    bool covers(const std::string& host) const;
    x509_st* get() const { return x509_.get(); }

   private:
    Certificate() = default;

    std::shared_ptr<x509_st> x509_;
    Timestamp not_before_;
    Timestamp not_after_;
    std::vector<std::string> names_;
};

}  // namespace candor::web
