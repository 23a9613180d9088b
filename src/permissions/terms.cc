#include "permissions/terms.h"

#include <algorithm>

namespace weir::permissions {
namespace {

constexpr char kTerms = '\x1f';  // the terms begin; then, each with its mark behind it, the account and the share
constexpr char kLocal = '\x1d';
constexpr char kShare = '\x1c';

// Takes what stands before the first `mark` off the text.
std::string take(std::string_view& text, char mark) {
  auto at = std::min(text.find(mark), text.size());
  std::string out(text.substr(0, at));
  text.remove_prefix(std::min(at + 1, text.size()));
  return out;
}

}  // namespace

std::string folded(std::string_view principal, const Terms& terms) {
  std::string out(principal);
  if (terms.empty()) return out;
  out += kTerms;
  (out += terms.local_to) += kLocal;
  (out += terms.share) += kShare;
  return out += terms.condition;
}

OnTerms unfolded(std::string_view text) {
  OnTerms out;
  out.principal = take(text, kTerms);
  out.terms.local_to = take(text, kLocal);
  out.terms.share = take(text, kShare);
  out.terms.condition = text;
  return out;
}

size_t terms_at(std::string_view text) { return text.find(kTerms); }

std::string text(const OnTerms& holder) {
  auto out = holder.principal;
  if (!holder.terms.local_to.empty()) out += " in account " + holder.terms.local_to;
  if (!holder.terms.share.empty()) out += " via " + holder.terms.share;
  if (!holder.terms.condition.empty()) out += " when " + holder.terms.condition;
  return out;
}

}  // namespace weir::permissions
