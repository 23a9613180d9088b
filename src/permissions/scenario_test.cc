// Runs tests/scenarios/*.scenario through the pure decision function.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "permissions/explain.h"
#include "permissions/scenario_world.h"

namespace weir::permissions::scenario {
namespace {

std::string outcome(const base::Status& status) { return status.ok() ? "ok" : "refused: " + status.error().says; }

bool outcome_matches(const std::string& expected, const std::string& got) {
  if (!expected.starts_with("refused: "))
    return expected == got || (expected == "refused" && got.starts_with("refused"));
  return got.starts_with("refused") &&
         base::to_lower(got).find(base::to_lower(expected.substr(9))) != std::string::npos;
}

// A predicate as its sorted alternatives, so that the order of sources does not matter.
std::string meaning(const catalog::PredicatePtr& predicate) {
  std::set<std::string> alternatives;
  if (predicate->op == catalog::Op::or_) {
    for (const auto& child : predicate->children) alternatives.insert(catalog::to_text(*child));
  } else {
    alternatives.insert(catalog::to_text(*predicate));
  }
  return base::join({alternatives.begin(), alternatives.end()}, " or ");
}
std::string meaning(const std::string& expression, const TableFacts& table) {
  if (expression == "all") return meaning(catalog::always());
  auto parsed = catalog::parse_predicate(expression, table.columns, catalog::Dialect::row_filter);
  return parsed.ok() ? meaning(*parsed) : "unreadable: " + parsed.error().says;
}

std::string names_in(const TableView& view) {
  std::vector<std::string> names;
  for (const auto& column : view.columns) names.push_back(column.name);
  return base::join(names, ",");
}

std::string view_text(const TableView& view) {
  auto out = "columns " + (view.all_columns ? "all" : names_in(view)) + " rows " + meaning(view.row_filter);
  for (const auto& column : view.columns)
    if (view.masks(column)) out += " ; " + column.name + " where " + meaning(column.visible_when);
  return out;
}

// The expected view, with its expressions read against the table.
std::string expected_view(const std::string& text, const TableFacts& table) {
  auto parts = words(text, ';');
  auto [columns, rows] = cut(parts[0], " rows ");
  auto out = columns + " rows " + meaning(rows, table);
  for (size_t i = 1; i < parts.size(); ++i) {
    auto [column, where] = cut(parts[i], " where ");
    out += " ; " + column + " where " + meaning(where, table);
  }
  return out;
}

std::string text_of(const Decision& decision) {
  if (!decision.allowed()) return "denied";
  return decision.asked == Privilege::select ? view_text(decision.view) : "allowed";
}

class Script {
 public:
  void run(const std::filesystem::path& file) {
    std::ifstream in(file);
    ASSERT_TRUE(in) << file;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      auto text = std::string(base::trim(line));
      if (text.empty() || text[0] == '#') continue;
      SCOPED_TRACE(file.filename().string() + ":" + std::to_string(number) + "  " + text);
      auto at = text.rfind(" => ");
      ASSERT_NE(at, std::string::npos) << "a step ends with its expected answer";
      step(text.substr(0, at), text.substr(at + 4));
      EXPECT_TRUE(world_.followed()) << "the snapshot could not follow a commit";
    }
  }

 private:
  void step(const std::string& text, const std::string& expected) {
    auto [verb, rest] = cut(text, " ");
    if (verb == "table") return expect(expected, outcome(table(rest)));
    if (verb == "admins") return expect(expected, outcome(world_.settings(people(rest), {})));
    if (verb == "readers") return expect(expected, outcome(world_.settings({}, people(rest))));
    if (verb == "drop") return drop(rest, expected);
    if (verb == "filter") return expect(expected, outcome(filter(rest)));
    if (verb == "register") return expect(expected, outcome(register_place(rest)));
    if (verb == "tag") return expect(expected, outcome(tag(rest)));
    if (verb == "assign" || verb == "unassign") return expect(expected, outcome(assign(verb == "assign", rest)));
    if (verb == "expression") return expect(expected, outcome(save(rest)));
    if (verb == "opt-in" || verb == "opt-out") return expect(expected, outcome(opt(verb == "opt-in", rest)));
    if (verb == "reads") return reads(rest, expected);
    if (verb == "tags") return tags(rest, expected);
    if (verb == "grant" || verb == "revoke") return expect(expected, outcome(change(verb == "grant", rest)));
    if (verb == "ask") return ask(rest, expected);
    if (verb == "describe") return describe(rest, expected);
    if (verb == "list") return list(rest, expected);
    if (verb == "governs") return governs(rest, expected);
    if (verb == "select") return select(rest, expected);
    FAIL() << "unknown step " << verb;
  }

  static void expect(const std::string& expected, const std::string& got) {
    EXPECT_TRUE(outcome_matches(expected, got)) << "expected " << expected << "\ngot      " << got;
  }
  static std::vector<std::string> people(const std::string& list) {
    auto out = words(list, ',');
    for (auto& word : out) word = principal(word);
    return out;
  }

  base::Status table(const std::string& text) {
    auto [before_rows, row_text] = cut(text, " rows ");
    auto [before_keys, keys] = cut(before_rows, " partition ");
    auto [head, url] = cut(before_keys, " at ");
    auto [name, columns] = cut(head, " ");
    TestTable table;
    add_columns(table.facts, columns, false);
    add_columns(table.facts, keys, true);
    table.rows = rows(row_text);
    if (!url.empty()) {
      WEIR_TRY(table.facts.place, names::S3Path::parse(url));
    }
    return world_.set_table(name, std::move(table));
  }

  void drop(const std::string& what, const std::string& expected) {
    if (what.starts_with("tag ")) return expect(expected, outcome(world_.tag(what.substr(4), {})));
    if (what.starts_with("expression ")) return expect(expected, outcome(world_.drop_expression(what.substr(11))));
    if (!what.starts_with("filter ")) return expect(expected, outcome(world_.drop_table(what)));
    auto resource = object(what);
    ASSERT_TRUE(resource.ok());
    expect(expected, outcome(world_.drop(*resource)));
  }

  base::Status register_place(std::string text) {
    auto [before, registrant] = cut(text, " privileged ");
    bool hybrid = take_ending(before, " hybrid");
    return world_.register_place(before, hybrid, registrant);
  }

  base::Status tag(const std::string& text) {
    auto [key, values] = cut(text, " ");
    return world_.tag(key, words(values, ','));
  }

  base::Status assign(bool put, const std::string& text) {
    auto at = text.rfind(' ');
    auto place = tag_place(text.substr(0, at));
    auto [key, value] = cut(text.substr(at + 1), "=");
    return put ? world_.assign(place, key, value) : world_.unassign(place, key);
  }

  base::Status save(const std::string& text) {
    auto [name, terms] = cut(text, " ");
    WEIR_TRY(auto read, expression(terms));
    return world_.save(name, std::move(read));
  }

  base::Status opt(bool in, const std::string& text) {
    auto [before, condition] = cut(text, " when ");
    auto [who, what] = cut(before, " ");
    WEIR_TRY(auto resource, object(what));
    return world_.opt(in, who, resource, unquoted(condition));
  }

  void reads(const std::string& text, const std::string& expected) {
    auto [who, what] = cut(text, " ");
    auto decision = decide_both_ways(who, Privilege::select, object(what).value());
    const auto& place = world_.table(what).facts.place;
    bool registered = place && world_.snapshot().governing(*place);
    auto got = decision.own_data_access || !registered ? "own rights" : "governed";
    EXPECT_EQ(decision.allowed() ? got : "denied", expected) << explain_text(decision, {});
  }

  void tags(const std::string& what, const std::string& expected) {
    auto place = tag_place(what);
    std::vector<std::string> got;
    for (const auto& tag : world_.snapshot().tags_at(place.database, place.table, place.column))
      got.push_back(tag.key + "=" + tag.value +
                    (tag.inherited_from == place ? "" : " from " + tag.inherited_from.text()));
    EXPECT_EQ(got.empty() ? "nothing" : base::join(got, ", "), expected);
  }

  base::Status filter(const std::string& text) {
    auto [head, rest] = cut(text, " columns ");
    auto [chosen, row_text] = cut(rest, " rows ");
    WEIR_TRY(auto resource, object("filter " + head));
    FilterInput input{kAccount, resource.database, resource.table, resource.filter, {}, {}, {}, row_text == "all"};
    auto set = columns(chosen);
    (set.is_exclusion() ? input.excluded_columns : input.column_names) = set.names();
    if (!input.all_rows) input.row_expression = unquoted(row_text);
    return world_.put(input);
  }

  base::Status change(bool grant, std::string text) {
    std::string by = "role/admin";
    if (auto at = text.rfind(" by "); at != std::string::npos) {
      by = text.substr(at + 4);
      text.resize(at);
    }
    auto [unconditional, condition] = cut(text, " when ");
    text = unconditional;
    bool option = take_ending(text, " option");
    auto [who, rest] = cut(text, " ");
    auto [privileges, what] = cut(rest, " ");
    WEIR_TRY(auto grantee, Principal::parse(principal(who)));
    WEIR_TRY(auto resource, object(what));
    WEIR_TRY(auto set, parse_privileges(words(privileges, ',')));
    GrantRequest request{grantee, resource, set, option ? set : PrivilegeSet(), unquoted(condition)};
    if (!grant && option) request.privileges = {};
    return world_.change(grant, request, by);
  }

  Decision decide_both_ways(const std::string& who, Privilege asked, const Resource& resource) {
    auto decision = world_.ask(who, asked, resource);
    auto afresh = world_.ask_afresh(who, asked, resource);
    EXPECT_EQ(explain(decision, {}).dump(), explain(afresh, {}).dump())
        << "a freshly loaded snapshot decides differently";
    EXPECT_NE(explain_text(decision, {}).find(decision.allowed() ? "ALLOW" : "DENY"), std::string::npos);
    return decision;
  }

  void ask(const std::string& text, const std::string& expected) {
    auto [who, rest] = cut(text, " ");
    auto [privilege, what] = cut(rest, " ");
    auto asked = parse_privilege(privilege);
    auto resource = object(what);
    ASSERT_TRUE(asked.ok() && resource.ok());
    auto wanted = expected.starts_with("columns ") ? expected_view(expected, world_.table(what).facts) : expected;
    auto decision = decide_both_ways(who, *asked, *resource);
    EXPECT_EQ(text_of(decision), wanted) << explain_text(decision, {});
  }

  void describe(const std::string& text, const std::string& expected) {
    auto [who, what] = cut(text, " ");
    auto decision = decide_both_ways(who, Privilege::describe, object(what).value());
    EXPECT_EQ(decision.allowed() ? described(decision, world_.table(what).facts) : "denied", expected);
  }

  static std::string described(const Decision& decision, const TableFacts& table) {
    auto visible = names_of(decision.view);
    std::vector<std::string> out;
    for (const auto& column : table.columns)
      if (decision.full_schema || visible.count(column.name) > 0 || decision.described.contains(column.name))
        out.push_back(column.name);
    return base::join(out, ",");
  }

  void list(const std::string& text, const std::string& expected) {
    auto [who, what] = cut(text, " ");
    auto caller = World::caller(who);
    Visibility visible(caller, world_.snapshot());
    std::set<std::string> names;
    for (const auto& [name, table] : world_.tables()) {
      auto [database, leaf] = cut(name, ".");
      if (!visible.database(database)) continue;
      if (what == "databases") names.insert(database);
      if (what == "tables " + database && visible.table(database, leaf, table.facts.place)) names.insert(leaf);
    }
    EXPECT_EQ(names.empty() ? "nothing" : base::join({names.begin(), names.end()}, ","), expected);
  }

  void governs(const std::string& url, const std::string& expected) {
    const auto* location = world_.snapshot().governing(names::S3Path::parse(url).value());
    EXPECT_EQ(location ? place_of(*location)->url() : "nothing", expected);
  }

  void select(const std::string& text, const std::string& expected) {
    auto [who, quoted] = cut(text, " ");
    auto [columns, from] = cut(unquoted(quoted).substr(7), " from ");
    auto [name, order] = cut(from, " order by ");
    auto decision = decide_both_ways(who, Privilege::select, object(name).value());
    EXPECT_EQ(answer(decision, world_.table(name), words(columns, ','), order), expected) << explain_text(decision, {});
  }

  // The view applied to the rows.
  static std::string answer(const Decision& decision, const TestTable& table, const std::vector<std::string>& columns,
                            const std::string& order) {
    for (const auto& column : columns)
      if (names_of(decision.view).count(column) == 0) return "denied";
    if (!decision.allowed()) return "denied";
    std::vector<std::pair<std::string, std::string>> lines;
    for (const auto& row : table.rows) {
      if (!holds(*decision.view.row_filter, table.facts, row)) continue;
      std::vector<std::string> cells;
      for (const auto& column : columns) cells.push_back(shown(decision.view, table.facts, row, column));
      lines.emplace_back(order.empty() ? "" : shown(decision.view, table.facts, row, order), base::join(cells, ","));
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return before(a.first, b.first); });
    std::vector<std::string> out;
    for (auto& [key, line] : lines) out.push_back(std::move(line));
    return out.empty() ? "nothing" : base::join(out, " | ");
  }
  static std::set<std::string> names_of(const TableView& view) {
    std::set<std::string> out;
    for (const auto& column : view.columns) out.insert(column.name);
    return out;
  }
  static bool before(const std::string& a, const std::string& b) {
    auto x = base::parse_double(a), y = base::parse_double(b);
    return x.ok() && y.ok() ? *x < *y : a < b;
  }
  static std::optional<std::string> cell(const TableFacts& table, const std::vector<std::string>& row,
                                         const std::string& name) {
    for (size_t i = 0; i < table.columns.size() && i < row.size(); ++i)
      if (base::equal_ignoring_case(table.columns[i].name, name))
        return row[i].empty() ? std::nullopt : std::optional(row[i]);
    return std::nullopt;
  }
  static bool holds(const catalog::Predicate& predicate, const TableFacts& table, const std::vector<std::string>& row) {
    return catalog::evaluate(predicate, [&](const auto& path) { return cell(table, row, path.front()); }) ==
           catalog::Truth::yes;
  }
  static std::string shown(const TableView& view, const TableFacts& table, const std::vector<std::string>& row,
                           const std::string& name) {
    for (const auto& column : view.columns)
      if (column.name == name && holds(*column.visible_when, table, row)) return cell(table, row, name).value_or("");
    return "";
  }

  World world_;
};

std::filesystem::path scenario_folder() {
  return std::filesystem::path("tests") / "scenarios";  // tests run in the project's folder
}

std::vector<std::filesystem::path> scenario_files() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(scenario_folder()))
    if (entry.path().extension() == ".scenario") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

class Scenario : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Scenario, AnswersAsWritten) { Script().run(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Files, Scenario, testing::ValuesIn(scenario_files()),
                         [](const auto& info) { return info.param.stem().string(); });

}  // namespace
}  // namespace weir::permissions::scenario
