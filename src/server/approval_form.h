// The page on which an approval is decided, and its form as it comes back.
//
// Threads: pure functions.
#pragma once
#include <string>
#include <string_view>

#include "app/approvals/approval_clicks.h"
#include "wire/form.h"

namespace weir::server {

// HTML: facts, who decided so far, and the form with `verdict` chosen.
std::string approval_form(const app::LinkMatter& matter, std::string_view verdict, std::string_view token);
// The same facts as plain text.
std::string approval_facts(const app::LinkMatter& matter);

// Kind::invalid about "verdict" or "narrowed" for what no form of ours sends.
base::Result<app::DecisionWords> decision_in(const wire::Form& form, const approvals::Terms& asked);

}  // namespace weir::server
