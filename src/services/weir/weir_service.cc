#include "services/weir/weir_service.h"

#include "app/explain.h"
#include "wire/weir_api_operations.h"

namespace weir::services {
namespace {

using namespace wire::weir_api;

base::Result<ExplainResponse> explain(app::Call& call, const ExplainRequest& in) {
  base::Result<app::Explanation> answer =
      base::invalid("Give either DecisionId, or Principal, Action and Resource.", "input");
  if (in.DecisionId) {
    answer = app::explain_decision(call, *in.DecisionId);
  } else if (in.Principal && in.Action && in.Resource) {
    answer = app::explain(call, {*in.Principal, *in.Action, *in.Resource, call.catalog_or_own(in.CatalogId)});
  }
  if (!answer) return std::move(answer).error();
  ExplainResponse out;
  out.Allowed = answer->allowed;
  out.Text = std::move(answer->text);
  out.Explanation = answer->json.dump();
  return out;
}

WireError weir_error(const base::Error& error) {
  using base::Kind;
  switch (error.kind) {
    case Kind::not_found: return {"EntityNotFoundException", 400};
    case Kind::denied: return {"AccessDeniedException", 400};
    case Kind::unauthenticated: return {"UnrecognizedClientException", 400};
    case Kind::expired: return {"ExpiredTokenException", 400};
    case Kind::throttled: return {"ThrottlingException", 400};
    case Kind::unavailable: return {"ServiceUnavailableException", 503};
    case Kind::invalid:
    case Kind::already_exists:
    case Kind::conflict:
    case Kind::concurrent:
    case Kind::precondition_failed:
    case Kind::limit_exceeded:
    case Kind::type_mismatch:
    case Kind::malformed_policy:
    case Kind::unsupported: return {"InvalidInputException", 400};
    case Kind::internal: return {"InternalFailure", 500};
  }
  return {"InternalFailure", 500};
}

}  // namespace

const Service& weir_service() {
  static const Route routes[] = {write<op::Explain, explain>()};
  static const Service service{&model(), routes, &weir_error};
  return service;
}

}  // namespace weir::services
