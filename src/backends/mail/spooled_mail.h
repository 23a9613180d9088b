// The mails of a spool directory, read back for people.
//
// Threads: free functions.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"

namespace weir::backends {

struct SpooledMail {
  std::string file;
  std::string date, from, to, subject;  // decoded
  std::string text;                     // the plain part, decoded
};

// The oldest first. Nothing when there is no such directory.
base::Result<std::vector<SpooledMail>> read_spool(const std::string& directory);
// Of a mail as rfc5322() writes it.
SpooledMail parse_mail(std::string_view text);

}  // namespace weir::backends
