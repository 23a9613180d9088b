// The atoms of each kind of item: what lake_section.h says of them, one function per noun.
#pragma once
#include <vector>

#include "base/json.h"

namespace weir::cli {
struct Atom;
}

namespace weir::cli::atoms {

std::vector<Atom> policy(const base::Json& item);
std::vector<Atom> group(const base::Json& item);
std::vector<Atom> user(const base::Json& item);
std::vector<Atom> role(const base::Json& item);
std::vector<Atom> group_member(const base::Json& item);
std::vector<Atom> inline_policy(const base::Json& item);
std::vector<Atom> attachment(const base::Json& item);
std::vector<Atom> location(const base::Json& item);
std::vector<Atom> lf_tag(const base::Json& item);
std::vector<Atom> lf_tag_expression(const base::Json& item);
std::vector<Atom> database(const base::Json& item);
std::vector<Atom> table(const base::Json& item);
std::vector<Atom> partition(const base::Json& item);
std::vector<Atom> statistics(const base::Json& item);
std::vector<Atom> function(const base::Json& item);
std::vector<Atom> filter(const base::Json& item);
std::vector<Atom> assignment(const base::Json& item);
std::vector<Atom> grant(const base::Json& item);
std::vector<Atom> opt_in(const base::Json& item);
std::vector<Atom> settings(const base::Json& item);

}  // namespace weir::cli::atoms
