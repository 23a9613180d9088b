// Which principals exist where a lake is loaded: asked of IAM, each once.
//
// One thread.
#pragma once
#include <map>
#include <string>

#include "cli/json_api.h"

namespace weir::cli {

class KnownPrincipals {
 public:
  explicit KnownPrincipals(const JsonApi& api) : api_(api) {}

  // It will be there: the document makes it.
  void expect(const std::string& arn) { known_[arn] = true; }
  // True for what is no user or role: groups of principals have no entry in IAM. An error is IAM's, not an absence.
  base::Result<bool> exists(const std::string& principal);

 private:
  base::Result<bool> ask(const std::string& principal);
  const JsonApi& api_;
  std::map<std::string, bool> known_;
};

}  // namespace weir::cli
