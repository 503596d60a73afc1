// How the journal speaks of a human text without holding it.
//
// Not the text, nor its salt: ports/journal.h keeps both beside the chain, so they can be erased.
#pragma once

#include "model/ids.h"

namespace candor {

// Stands for a human text in the journal: the lower-case hexadecimal SHA-256 commitment of
// salt and text. The text itself lives in a side table and can be erased (DESIGN §4).
using SealedText = Id<struct SealedTextTag>;

}  // namespace candor
