// The privileges of Lake Formation, as one table: name, where it may be granted, what it implies.
// Nothing else in Weir knows which privilege is valid where.
//
// INVARIANT: sets are kept as granted. ALL stays ALL and is never spelled out at write time, so that
// revoking ALL leaves a separately granted SELECT alive; what a set amounts to is computed by allows().
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace weir::permissions {

enum class Privilege : uint8_t {
  all,
  select,
  insert,
  delete_,
  describe,
  alter,
  drop,
  create_database,
  create_table,
  data_location_access,
  create_catalog,
  super_user,
  create_lf_tag,
  create_lf_tag_expression,
  associate,
  grant_with_lf_tag_expression,
};
inline constexpr int kPrivilegeCount = 16;

// Where a privilege can be held. `link` and `view` are tables (or databases) of a special make.
enum class Level : uint8_t {
  catalog,
  nested_catalog,
  database,
  table,
  view,
  link,
  columns,
  data_cells_filter,
  data_location,
  lf_tag,         // the key and all its values
  lf_tag_values,  // one of its values
  tag_policy_database,
  tag_policy_table,
  lf_tag_expression,
};

class PrivilegeSet {
 public:
  constexpr PrivilegeSet() = default;
  constexpr PrivilegeSet(std::initializer_list<Privilege> list) {
    for (auto privilege : list) insert(privilege);
  }
  static constexpr PrivilegeSet of_bits(uint16_t bits) {
    PrivilegeSet set;
    set.bits_ = bits;
    return set;
  }

  constexpr void insert(Privilege p) { bits_ = static_cast<uint16_t>(bits_ | (1u << static_cast<int>(p))); }
  constexpr bool has(Privilege p) const { return (bits_ >> static_cast<int>(p)) & 1u; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool subset_of(PrivilegeSet other) const { return (bits_ & ~other.bits_) == 0; }
  constexpr uint16_t bits() const { return bits_; }
  constexpr PrivilegeSet operator|(PrivilegeSet o) const { return of_bits(static_cast<uint16_t>(bits_ | o.bits_)); }
  constexpr PrivilegeSet operator&(PrivilegeSet o) const { return of_bits(static_cast<uint16_t>(bits_ & o.bits_)); }
  constexpr PrivilegeSet operator-(PrivilegeSet o) const { return of_bits(static_cast<uint16_t>(bits_ & ~o.bits_)); }
  constexpr PrivilegeSet& operator|=(PrivilegeSet o) { return *this = *this | o; }
  constexpr bool operator==(const PrivilegeSet&) const = default;

  std::vector<Privilege> list() const;  // in the table's order
  std::string text() const;             // "SELECT, INSERT"; "nothing" when empty

 private:
  uint16_t bits_ = 0;
};

struct PrivilegeRow {
  Privilege privilege;
  std::string_view name;  // as in the API
  uint32_t levels;        // bit per Level
  PrivilegeSet implies;   // at levels where the implied one is valid
};
const std::vector<PrivilegeRow>& privilege_table();

std::string_view name_of(Privilege privilege);
std::string_view name_of(Level level);
base::Result<Privilege> parse_privilege(std::string_view name);
base::Result<PrivilegeSet> parse_privileges(const std::vector<std::string>& names);

PrivilegeSet valid_at(Level level);
// Everything the set amounts to at `level`: itself, ALL spelled out, DESCRIBE implied.
PrivilegeSet closure(PrivilegeSet set, Level level);
inline bool allows(PrivilegeSet set, Privilege asked, Level level) {
  return set.has(asked) || closure(set, level).has(asked);
}

// Stored form: the API names.
base::Json to_json(const PrivilegeSet& set);
base::Status from_json(const base::Json& json, PrivilegeSet& set);

}  // namespace weir::permissions
