#include "core/revision.h"

#include "base/codec.h"
#include "base/sha256.h"

namespace candor::core {
namespace {

template <class T>
std::string digest_of(const T& value) {
    return to_hex(sha256(encode(value))).substr(0, kRevisionDigits);
}

}  // namespace

std::string revision_of(const IncidentState& incident) {
    return digest_of(incident);
}

std::string revision_of(const MaintenanceState& window) {
    return digest_of(window);
}

std::string revision_of(const PagingState& paging) {
    return digest_of(paging);
}

}  // namespace candor::core
