// Answers about access as a short table that a person reads at a glance; --json has all of it.
#pragma once
#include <string>
#include <vector>

#include "wire/weir_api_types.h"

namespace weir::cli {

// "+" for what is gained, "-" for what is lost, then what else is worth knowing.
std::string text_of(const wire::weir_api::DryRunResponse& run);
std::string text_of(const std::vector<wire::weir_api::AblePrincipal>& able, const std::string& action,
                    const std::string& resource);
// "+" for what is done, "!" for what is missing, with who does it and how; then the first that is.
std::string text_of(const wire::weir_api::DiagnoseShareResponse& diagnosis);

}  // namespace weir::cli
