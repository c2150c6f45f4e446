import { unreachable } from '../../../base/result.ts';
import type { Page } from '../../../terminal/api.ts';
import { Absent } from './Absent.tsx';
import { AbsentList } from './AbsentList.tsx';
import { Agent } from './Agent.tsx';
import { AgentDay } from './AgentDay.tsx';
import { AgentDesk } from './AgentDesk.tsx';
import { AgentItem } from './AgentItem.tsx';
import { AgentList } from './AgentList.tsx';
import { AgentRepair } from './AgentRepair.tsx';
import { AgentSignIn } from './AgentSignIn.tsx';
import { Attract } from './Attract.tsx';
import { Bill } from './Bill.tsx';
import { Bundle } from './Bundle.tsx';
import { CardNotValid } from './CardNotValid.tsx';
import { Case } from './Case.tsx';
import { Cash } from './Cash.tsx';
import { Categories } from './Categories.tsx';
import { Category } from './Category.tsx';
import { CertificateAnswer } from './CertificateAnswer.tsx';
import { Check } from './Check.tsx';
import { Collect } from './Collect.tsx';
import { Consent } from './Consent.tsx';
import { Emergency } from './Emergency.tsx';
import { Fetched } from './Fetched.tsx';
import { Find } from './Find.tsx';
import { Goodbye } from './Goodbye.tsx';
import { Guide, GuideList, Guides } from './Guides.tsx';
import { Home } from './Home.tsx';
import { Kept } from './Kept.tsx';
import { KeptOfMe } from './KeptOfMe.tsx';
import { LastUse } from './LastUse.tsx';
import { LostCard } from './LostCard.tsx';
import { Matter } from './Matter.tsx';
import { MyCases } from './MyCases.tsx';
import { NoCard } from './NoCard.tsx';
import { OutOfService } from './OutOfService.tsx';
import { Payment } from './Payment.tsx';
import { PhoneCode } from './PhoneCode.tsx';
import { Print } from './Print.tsx';
import { ProveAgain } from './ProveAgain.tsx';
import { ProvePerson } from './ProvePerson.tsx';
import { QuestionPage } from './QuestionPage.tsx';
import { RateCase } from './RateCase.tsx';
import { Records } from './Records.tsx';
import { SecondCard } from './SecondCard.tsx';
import { SlipAnswer } from './SlipAnswer.tsx';
import { SlipLookup } from './SlipLookup.tsx';
import { StillThere } from './StillThere.tsx';
import { UrgentNotice } from './UrgentNotice.tsx';
import { UpkeepSwitch } from './upkeep/UpkeepSwitch.tsx';
import { Withdraw } from './Withdraw.tsx';

/** Draws the page of a view: one component for each kind. */
export function PageSwitch({ page }: { page: Page }) {
  switch (page.kind) {
    case 'out-of-service':
      return <OutOfService page={page} />;
    case 'attract':
      return <Attract page={page} />;
    case 'card-not-valid':
      return <CardNotValid page={page} />;
    case 'home':
      return <Home page={page} />;
    case 'categories':
      return <Categories page={page} />;
    case 'category':
      return <Category page={page} />;
    case 'find':
      return <Find page={page} />;
    case 'matter':
      return <Matter page={page} />;
    case 'question':
      return <QuestionPage page={page} />;
    case 'consent':
      return <Consent page={page} />;
    case 'fetched':
      return <Fetched page={page} />;
    case 'records':
      return <Records page={page} />;
    case 'print':
      return <Print page={page} />;
    case 'kept-of-me':
      return <KeptOfMe page={page} />;
    case 'bundle':
      return <Bundle page={page} />;
    case 'bill':
      return <Bill page={page} />;
    case 'cash':
      return <Cash page={page} />;
    case 'payment':
      return <Payment page={page} />;
    case 'check':
      return <Check page={page} />;
    case 'kept':
      return <Kept page={page} />;
    case 'my-cases':
      return <MyCases page={page} />;
    case 'prove-person':
      return <ProvePerson page={page} />;
    case 'prove-again':
      return <ProveAgain page={page} />;
    case 'case':
      return <Case page={page} />;
    case 'withdraw':
      return <Withdraw page={page} />;
    case 'collect':
      return <Collect page={page} />;
    case 'rate-case':
      return <RateCase page={page} />;
    case 'last-use':
      return <LastUse page={page} />;
    case 'no-card':
      return <NoCard page={page} />;
    case 'phone-code':
      return <PhoneCode page={page} />;
    case 'slip-lookup':
      return <SlipLookup page={page} />;
    case 'certificate-answer':
      return <CertificateAnswer page={page} />;
    case 'slip-answer':
      return <SlipAnswer page={page} />;
    case 'guides':
      return <Guides page={page} />;
    case 'guide-list':
      return <GuideList page={page} />;
    case 'guide':
      return <Guide page={page} />;
    case 'emergency':
      return <Emergency page={page} />;
    case 'lost-card':
      return <LostCard />;
    case 'agent':
      return <Agent page={page} />;
    case 'agent-sign-in':
      return <AgentSignIn page={page} />;
    case 'absent-list':
      return <AbsentList page={page} />;
    case 'absent':
      return <Absent page={page} />;
    case 'agent-desk':
      return <AgentDesk page={page} />;
    case 'agent-list':
      return <AgentList page={page} />;
    case 'agent-item':
      return <AgentItem page={page} />;
    case 'agent-repair':
      return <AgentRepair page={page} />;
    case 'agent-day':
      return <AgentDay page={page} />;
    case 'urgent-notice':
      return <UrgentNotice page={page} />;
    case 'second-card':
      return <SecondCard page={page} />;
    case 'still-there':
      return <StillThere page={page} />;
    case 'goodbye':
      return <Goodbye page={page} />;
    case 'upkeep-sign-in':
    case 'caretaker':
    case 'agent-away':
    case 'paper':
    case 'cleaning':
    case 'devices':
    case 'device':
    case 'queue':
    case 'readiness':
    case 'report':
    case 'rescue':
    case 'machine':
    case 'machine-log':
    case 'fixes':
    case 'fix':
    case 'diagnostics':
    case 'software':
    case 'catalog':
      return <UpkeepSwitch page={page} />;
    default:
      return unreachable(page);
  }
}
