#include "cli/mesh_command.h"
#include "cli/mesh_documents.h"
#include "cli/mesh_mark.h"
#include "cli/mesh_site.h"

namespace weir::cli {
namespace {

std::vector<std::string> notifiers_of(const ProducerFlags& flags) {
  if (!flags.notifiers.empty()) return flags.notifiers;
  return {std::string(kNotification.role), std::string(kRequestsRole)};
}

// The topic's policy names the role, and the role's policy the topic: the role comes first, policies may name what is
// not there yet.
base::Status deploy(MeshSite& site, const ProducerFlags& flags, const names::AccountId& central) {
  MeshRole role{std::string(kProducerRole), "Publishes questions of account " + central.text(), kProducer,
                trust_notifiers(central, notifiers_of(flags)), producer_policy(site.place)};
  WEIR_CHECK_OK(site.roles.put(role));
  WEIR_CHECK_OK(site.topic.put(topic_policy(site.place)));
  for (const auto& email : flags.emails) WEIR_CHECK_OK(site.topic.subscribe(email));
  return {};
}

}  // namespace

base::Status run_deploy_producer(const ProducerFlags& flags) {
  WEIR_TRY(auto account, read_account(flags.account, "--account"));
  WEIR_TRY(auto central, read_account(flags.central, "--central"));
  WEIR_TRY(auto site, open_site(flags.profile, account.text()));
  WEIR_CHECK_OK(deploy(*site, flags, central));
  site->ledger.say("\nThe central account names this one: weir mesh deploy-central --producer " + account.text() +
                   "\nIts databases say whose they are: data_owner = " + account.text() + " among their parameters.");
  if (flags.emails.empty())
    site->ledger.say("Nobody gets mails yet: run this again with --email ADDRESS, or subscribe to the topic.");
  return {};
}

base::Result<bool> run_clean_producer(const ProducerFlags& flags) {
  if (!flags.account.empty()) WEIR_CHECK_OK(read_account(flags.account, "--account"));
  WEIR_TRY(auto site, open_site(flags.profile, flags.account));
  WEIR_CHECK_OK(site->topic.remove());
  WEIR_CHECK_OK(site->roles.remove(std::string(kProducerRole), kProducer));
  return site->ledger.complete();
}

}  // namespace weir::cli
