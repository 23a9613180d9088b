// A policy document: its text as given, and its statements compiled for matching.
//
// parse_policy() is for documents that somebody wants to save: strict, with AWS's words for what is wrong.
// load_policy() is for documents that were saved: it never fails, and what it cannot read denies.
//
// Thread safety: a Policy is immutable; share PolicyPtr freely.
//
//   1. text() is what was given, byte for byte: Get* operations return it.
//   2. A loaded policy never allows more than its author could read in it: a condition we do not know
//      keeps an Allow from applying and a Deny from being escaped; a text we cannot read denies everything.
//   3. Policy variables exist only in Version 2012-10-17; without a Version the document is of 2008-10-17.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/action_index.h"
#include "policy/statement.h"

namespace weir::policy {

class Policy;
using PolicyPtr = std::shared_ptr<const Policy>;
// Principal ARN -> unique id, kept beside a stored trust or bucket policy.
using Bindings = std::map<std::string, std::string, std::less<>>;
// The unique id of a user or role, nothing when there is none.
using PrincipalResolver = std::function<std::optional<std::string>(std::string_view arn)>;

class Policy {
 public:
  const std::string& text() const { return text_; }
  PolicyKind kind() const { return kind_; }
  const std::vector<Statement>& statements() const { return statements_; }
  const ActionIndex& by_action() const { return by_action_; }
  // Characters without white space, as quotas count them.
  size_t counted_size() const { return counted_size_; }
  // Loaded from a text that does not parse; it denies everything.
  bool unreadable() const { return unreadable_; }
  const Bindings& bindings() const { return bindings_; }

 private:
  friend class PolicyBuilder;
  Policy() = default;
  std::string text_;
  PolicyKind kind_ = PolicyKind::identity;
  std::vector<Statement> statements_;
  ActionIndex by_action_;
  size_t counted_size_ = 0;
  bool unreadable_ = false;
  Bindings bindings_;
};

// Strict. Kind::malformed_policy, or Kind::limit_exceeded when over size_limit(kind).
base::Result<PolicyPtr> parse_policy(std::string_view text, PolicyKind kind);
// For stored documents; never null.
PolicyPtr load_policy(std::string_view text, PolicyKind kind);

// Characters without white space that a document of this kind may have. Limits that depend on where the
// document goes (inline policies of one user together) are the owner's to check, with counted_size().
size_t size_limit(PolicyKind kind);
size_t count_without_white_space(std::string_view text);

// The users and roles that the document names as principals, each once, in order.
std::vector<std::string> principal_arns(const Policy& policy);
// On save: every named user and role must exist; the result matches them by unique id from then on.
base::Result<PolicyPtr> bind_principals(const PolicyPtr& policy, const PrincipalResolver& resolver);
// On load: with what bind_principals() found then.
PolicyPtr with_bindings(const PolicyPtr& policy, const Bindings& bindings);
// The document as readers see it: a principal that is gone appears as its unique id. `still_there` is
// asked for each bound ARN and id.
std::string published_text(const Policy& policy,
                           const std::function<bool(std::string_view arn, std::string_view id)>& still_there);

}  // namespace weir::policy
