#include "app/evaluate_principal.h"

#include "policy/explain.h"

namespace weir::app {
namespace {

// Keeps alive what a policy::Request points at.
struct Gathered {
  identity::PolicySetPtr identity;
  identity::PolicySetPtr session;
  identity::StandingPtr standing;
  bool gone = false;
};

Gathered gather(const identity::Principal& principal, const identity::Directory& directory) {
  Gathered out{directory.policies_of(principal), directory.session_policies_of(principal),
               directory.organizations().standing_of(principal.account()), false};
  out.gone = !out.identity;
  return out;
}

policy::Request request_of(const IamQuestion& question, const Gathered& gathered) {
  const auto& caller = question.principal.caller;
  policy::Request request{
      .caller = caller,
      .context = question.context,
      .action = question.action,
      .resource = question.resource,
      .resource_account = question.owner.empty() ? std::string_view(caller.account) : question.owner};
  request.identity = gathered.identity->policies;
  if (gathered.identity->boundary) request.boundary = &*gathered.identity->boundary;
  if (gathered.session) request.session = gathered.session->policies;
  request.resource_policy = question.resource_policy;
  if (gathered.standing) request.scps = gathered.standing->levels;
  return request;
}

policy::Decision refused(const IamQuestion& question) {
  policy::Decision decision;
  decision.caller = question.principal.arn();
  decision.action = question.action;
  decision.resource = question.resource;
  return decision;
}

}  // namespace

policy::Decision evaluate_principal(const IamQuestion& question, const identity::Directory& directory) {
  if (!identity::session_may_call(question.principal, question.action)) return refused(question);
  auto gathered = gather(question.principal, directory);
  if (gathered.gone) return refused(question);
  return policy::evaluate(request_of(question, gathered));
}

std::string smallest_change(const IamQuestion& question, const identity::Directory& directory,
                            const policy::Decision& decision) {
  auto gathered = gather(question.principal, directory);
  if (gathered.gone || !identity::session_may_call(question.principal, question.action))
    return "use credentials of a principal that exists and may call " + std::string(question.action);
  return policy::smallest_change(request_of(question, gathered), decision);
}

}  // namespace weir::app
