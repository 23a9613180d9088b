// Reads the identities of an account: users (without their keys), groups, roles and policies.
//
// Of a policy, the version in force. What the provider manages is not the account's to export: managed policies and
// service-linked roles. One thread.
#pragma once
#include <vector>

#include "cli/json_api.h"
#include "cli/lake_document.h"

namespace weir::cli {

struct LeftOut;

base::Status read_iam_section(const JsonApi& api, const Section& section, LakeSink& sink,
                              std::vector<LeftOut>& left_out);

}  // namespace weir::cli
