#include "services/ram/association_operations.h"

#include "services/ram/shapes.h"

namespace weir::services::ram {
namespace {

template <class Out, class In>
base::Result<Out> changed(app::Call& call, const In& in,
                          base::Result<std::vector<app::ShownAssociation>> (*change)(app::Call&,
                                                                                     const app::AssociationChange&)) {
  if (!in.sources.empty()) return not_offered("sources");
  WEIR_TRY(auto associations,
           change(call, {*in.resourceShareArn, in.resourceArns.items(), in.principals.items(), in.clientToken}));
  Out out;
  out.resourceShareAssociations.give();
  for (const auto& one : associations) out.resourceShareAssociations.push_back(to_wire(one));
  out.clientToken = in.clientToken;
  return out;
}

base::Result<app::AssociationFilter> filter_of(const w::GetResourceShareAssociationsRequest& in) {
  app::AssociationFilter filter;
  bool principals = *in.associationType == "PRINCIPAL";
  if (principals ? in.resourceArn.has_value() : in.principal.has_value())
    return base::invalid("A filter by resource is for RESOURCE, one by principal for PRINCIPAL.", "parameter");
  filter.type = principals ? app::AssociationType::principal : app::AssociationType::resource;
  filter.shares = in.resourceShareArns.items();
  filter.entity = principals ? in.principal : in.resourceArn;
  filter.state = in.associationStatus;
  return filter;
}

}  // namespace

base::Result<w::AssociateResourceShareResponse> associate(app::Call& call, const w::AssociateResourceShareRequest& in) {
  return changed<w::AssociateResourceShareResponse>(call, in, app::associate);
}

base::Result<w::DisassociateResourceShareResponse> disassociate(app::Call& call,
                                                                const w::DisassociateResourceShareRequest& in) {
  return changed<w::DisassociateResourceShareResponse>(call, in, app::disassociate);
}

base::Result<w::GetResourceShareAssociationsResponse> get_associations(
    app::Call& call, const w::GetResourceShareAssociationsRequest& in) {
  WEIR_TRY(auto filter, filter_of(in));
  WEIR_TRY(auto associations, app::list_associations(call, filter));
  if (*in.associationType == "SOURCE") associations.clear();
  w::GetResourceShareAssociationsResponse out;
  WEIR_CHECK_OK(answer_page(
      in, out, std::move(associations), [](auto& one) { return one.share + " " + one.entity; },
      out.resourceShareAssociations, [](auto& one) { return to_wire(one); }));
  return out;
}

}  // namespace weir::services::ram
