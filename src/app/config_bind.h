// Reads a node tree into a draft as the field tables say, collecting every problem.
//
// One field is judged alone here; relations between fields are config_assemble.cc's. A field that
// is wrong is reported at its place and left at its default, so that one mistake never hides
// another. Scalars are expanded (config_expand.h) just before they are judged.
#pragma once

#include "app/config_draft.h"
#include "app/config_expand.h"
#include "app/config_node.h"
#include "app/config_problem.h"

namespace candor::app {

ConfigDraft bind_config(const Node& root, const ExpandSources& sources, ConfigProblems& problems);

}  // namespace candor::app
