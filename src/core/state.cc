#include "core/state.h"

#include "base/codec.h"
#include "base/sha256.h"

namespace candor::core {

std::string state_hash(const State& state) {
    return to_hex(sha256(encode(state)));
}

}  // namespace candor::core
