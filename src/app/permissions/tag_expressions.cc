#include "app/permissions/tag_expressions.h"

#include "app/catalog/creation.h"
#include "app/filled_page.h"
#include "app/permissions/data_lake_settings.h"
#include "app/permissions/lf_tags.h"
#include "app/permissions/tag_rights.h"
#include "app/sharing/shared_grants.h"

namespace weir::app {
namespace {

using permissions::Privilege;
using permissions::Resource;
using permissions::SavedExpression;

// An expression of a request: canonical, with the resource that its grants are on.
struct Checked {
  permissions::TagExpression expression;
  Resource resource;
};

// `gate` is what the operation takes; beyond it the caller must be able to grant by every value named.
base::Result<Checked> authorize_change(Call& call, const Ask& ask, const ExpressionInput& input,
                                       const std::function<std::optional<Refusal>(const TagRights&)>& gate) {
  call.about("name", input.name);
  WEIR_CHECK_OK(check_own_catalog(call, ask, input.catalog));
  Checked out;
  WEIR_TRY(out.resource, Resource::of_expression(input.catalog, input.name));
  WEIR_TRY(out.expression, permissions::TagExpression::of(input.terms));
  call.about("expression", out.expression.text());
  TagRights rights(call, input.catalog);
  WEIR_CHECK_OK(call.authorize(ask, [&] {
    auto refused = gate(rights);
    return refused ? refused : rights.lacks(Privilege::grant_with_lf_tag_expression, out.expression);
  }));
  return out;
}

base::Status authorize_named(Call& call, const Ask& ask, const std::string& catalog, const std::string& name,
                             Privilege privilege) {
  call.about("name", name);
  WEIR_CHECK_OK(check_reachable_catalog(call, ask, catalog));
  TagRights rights(call, catalog);
  return call.authorize(ask, [&] { return rights.lacks_on_expression(privilege, name); });
}

base::Result<SavedExpression> expression_there(store::Transaction& tx, const std::string& catalog,
                                               const std::string& name) {
  WEIR_TRY(auto there, permissions::get_expression(tx, catalog, name));
  if (!there) return base::not_found("LF-Tag expression " + name + " not found.", "expression");
  return std::move(*there);
}

base::Status check_room(store::Transaction& tx, const std::string& catalog) {
  WEIR_TRY(auto page, permissions::list_expressions(tx, catalog, "", permissions::kSavedExpressionsMax));
  if (page.items.size() < permissions::kSavedExpressionsMax) return {};
  return base::fail(
      base::Kind::limit_exceeded,
      "An account has at most " + std::to_string(permissions::kSavedExpressionsMax) + " saved LF-Tag expressions.",
      "expression");
}

}  // namespace

base::Status create_tag_expression(Call& call, const ExpressionInput& input) {
  WEIR_TRY(auto checked,
           authorize_change(call, {"lakeformation:CreateLFTagExpression"}, input, [](const TagRights& rights) {
             return rights.lacks_on_catalog(Privilege::create_lf_tag_expression, "create LF-Tag expression");
           }));
  SavedExpression saved{input.name, input.description.value_or(""), checked.expression,
                        std::string(identity::lake_formation_principal(call.caller())), call.now()};
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, permissions::get_expression(tx, input.catalog, input.name));
    if (there) return base::invalid("LF-Tag expression " + input.name + " already exists.", "expression");
    WEIR_CHECK_OK(check_room(tx, input.catalog));
    WEIR_CHECK_OK(check_values_there(tx, input.catalog, checked.expression));
    WEIR_CHECK_OK(permissions::put_expression(tx, input.catalog, saved));
    return grant_to_expression_maker(tx, call, checked.resource);
  });
}

base::Result<SavedExpression> get_tag_expression(Call& call, const std::string& catalog, const std::string& name) {
  WEIR_CHECK_OK(authorize_named(call, {"lakeformation:GetLFTagExpression"}, catalog, name, Privilege::describe));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return expression_there(*tx, catalog, name);
}

base::Status update_tag_expression(Call& call, const ExpressionInput& input) {
  WEIR_TRY(auto checked,
           authorize_change(call, {"lakeformation:UpdateLFTagExpression"}, input, [&](const TagRights& rights) {
             return rights.lacks_on_expression(Privilege::alter, input.name);
           }));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, expression_there(tx, input.catalog, input.name));
    WEIR_CHECK_OK(check_values_there(tx, input.catalog, checked.expression));
    there.expression = checked.expression;
    if (input.description) there.description = *input.description;
    there.last_updated = call.now();
    return permissions::put_expression(tx, input.catalog, there);
  });
}

base::Status delete_tag_expression(Call& call, const std::string& catalog, const std::string& name) {
  WEIR_CHECK_OK(authorize_named(call, {"lakeformation:DeleteLFTagExpression"}, catalog, name, Privilege::drop));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(expression_there(tx, catalog, name));
    WEIR_CHECK_OK(permissions::erase_expression(tx, catalog, name));
    WEIR_TRY(auto gone, Resource::of_expression(catalog, name));
    return leave_shares(call, tx, gone);
  });
}

base::Result<permissions::Page<SavedExpression>> list_tag_expressions(Call& call, const std::string& catalog,
                                                                      const std::string& token, size_t limit) {
  Ask ask{"lakeformation:ListLFTagExpressions"};
  WEIR_CHECK_OK(check_reachable_catalog(call, ask, catalog));
  WEIR_CHECK_OK(call.authorize(ask));
  TagRights rights(call, catalog);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return filled_page<SavedExpression>(
      token, limit,
      [&](const std::string& from, size_t count) { return permissions::list_expressions(*tx, catalog, from, count); },
      [&](const SavedExpression& saved) { return !rights.lacks_on_expression(Privilege::describe, saved.name); });
}

}  // namespace weir::app
