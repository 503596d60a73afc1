// The instance's own secrets: two files of mode 0600 in the storage folder.
//
// `instance.secret` (32 random bytes as hex) is what ping URLs and salts derive from; losing it
// changes every ping URL. `operator.token` opens the private API. Both are created once, with an
// exclusive link of a synced file, so that two processes starting together agree on one.
// Blocking; not for the state's thread.
#pragma once

#include <string>

#include "base/result.h"

namespace candor::app {

inline constexpr const char* kInstanceSecretFile = "instance.secret";
inline constexpr const char* kOperatorTokenFile = "operator.token";

// Creates `folder` (mode 0700, parents too) when missing.
Result<void> ensure_storage_folder(const std::string& folder);

// 64 hexadecimal digits; read, or created when missing. Returns after a new file and its folder
// are synced. Refuses a file that others can read, or whose content is malformed.
Result<std::string> instance_secret(const std::string& folder);
Result<std::string> operator_token(const std::string& folder);

// The same without creating: kNotFound when there is none yet.
Result<std::string> read_secret_file(const std::string& path);

}  // namespace candor::app
