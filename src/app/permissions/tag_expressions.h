// Saved LF-Tag expressions: named, granted on and granted by name (lakeformation.md 2.12).
//
// Whoever makes or changes one must be able to grant by every value it names: what it says is what the policies that go
// by its name give.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/tag_records.h"

namespace weir::app {

struct ExpressionInput {
  std::string catalog;
  std::string name;
  std::optional<std::string> description;
  std::vector<permissions::TagTerm> terms;
};
// Takes CREATE_LF_TAG_EXPRESSION on the catalog. A name that is taken is Kind::invalid, as the model knows no other.
base::Status create_tag_expression(Call& call, const ExpressionInput& input);
// Takes DESCRIBE.
base::Result<permissions::SavedExpression> get_tag_expression(Call& call, const std::string& catalog,
                                                              const std::string& name);
// Takes ALTER. A description that is not given stays.
base::Status update_tag_expression(Call& call, const ExpressionInput& input);
// Takes DROP. What is granted on it or by it goes with it.
base::Status delete_tag_expression(Call& call, const std::string& catalog, const std::string& name);
base::Result<permissions::Page<permissions::SavedExpression>> list_tag_expressions(Call& call,
                                                                                   const std::string& catalog,
                                                                                   const std::string& token,
                                                                                   size_t limit);

}  // namespace weir::app
