#include "notifications/mail_address.h"

#include <algorithm>

#include "base/text.h"

namespace weir::notifications {
namespace {

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_atom_character(char c) {
  return is_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_local_part(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  return std::ranges::all_of(base::split(text, '.'), [](std::string_view atom) {
    return !atom.empty() && std::ranges::all_of(atom, is_atom_character);
  });
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

}  // namespace

bool is_mail_address(std::string_view text) {
  auto at = text.rfind('@');
  if (text.size() > 254 || at == std::string_view::npos || !is_local_part(text.substr(0, at))) return false;
  return std::ranges::all_of(base::split(text.substr(at + 1), '.'), is_label);
}

}  // namespace weir::notifications
